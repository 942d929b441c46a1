import { Field } from "./Field";

interface PasswordFieldProps {
  label: string;
  hint?: string;
  value: string;
  onText: (text: string) => void;
  /** A password that is chosen here, not one that is known already. */
  chosen?: boolean;
}

/** A line for a password, told apart for keepers of passwords. */
export function PasswordField({ chosen = false, ...field }: PasswordFieldProps) {
  const kind = chosen ? "new-password" : "current-password";
  return <Field {...field} type="password" autoComplete={kind} required />;
}
