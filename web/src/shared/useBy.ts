import { useWords } from "@/shared/i18n";
import { useSession } from "@/shared/session";

/** Whose something is, in words: one's own name is no news. */
export function useBy(): (name: string) => string {
  const words = useWords().desk;
  const { me } = useSession();
  return (name) => (me?.single_user || me?.name === name ? words.me : name);
}
