import { useId } from "react";
import type { Role } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { ROLES } from "./roles";

interface RoleChoiceProps {
  role: Role;
  onChoose: (role: Role) => void;
}

/** What an invited person will be. */
export function RoleChoice({ role, onChoose }: RoleChoiceProps) {
  const words = useWords().account;
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{words.inviteRole}</label>
      <select
        id={id}
        value={role}
        aria-describedby={`${id}-hint`}
        onChange={(event) => { onChoose(event.target.value as Role); }}
      >
        {ROLES.map((one) => (
          <option key={one} value={one}>
            {words.role[one]}
          </option>
        ))}
      </select>
      <p id={`${id}-hint`} className="faint">
        {words.roleHint[role]}
      </p>
    </div>
  );
}
