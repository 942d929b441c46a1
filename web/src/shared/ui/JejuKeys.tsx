import { useWords } from "@/shared/i18n";

const KEYS = ["ㆍ", "ᆢ"] as const;

/** Keys for the vowels that no keyboard has; the field keeps the cursor. */
export function JejuKeys({ onPress }: { onPress: (letters: string) => void }) {
  const words = useWords().typing;
  return (
    <div className="jeju-keys" role="group" aria-label={words.keys}>
      {KEYS.map((key) => (
        <button
          key={key}
          type="button"
          title={words.key[key]}
          onPointerDown={(event) => { event.preventDefault(); }}
          onClick={() => { onPress(key); }}
        >
          <span aria-hidden="true">{key === "ㆍ" ? "ᄋᆞ" : "ᄋᆢ"}</span>
          <span className="unseen">{words.key[key]}</span>
        </button>
      ))}
    </div>
  );
}
