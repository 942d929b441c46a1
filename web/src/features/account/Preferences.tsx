import { useState } from "react";
import { speak, useTongue, useWords } from "@/shared/i18n";
import { Icon } from "@/shared/ui/Icon";
import { applyTheme, nextTheme, themeNow } from "./theme";

/** How this person likes the page: its language and its light. */
export function Preferences() {
  const words = useWords().preferences;
  const tongue = useTongue();
  const [theme, setTheme] = useState(themeNow);
  return (
    <div className="preferences" role="group" aria-label={words.label}>
      <button
        type="button"
        className="tool"
        lang={tongue === "ko" ? "en" : "ko"}
        aria-label={words.languageLabel}
        onClick={() => { speak(tongue === "ko" ? "en" : "ko"); }}
      >
        <span>{words.language}</span>
      </button>
      <button
        type="button"
        className="tool"
        aria-label={words.themeLabel(words.theme[theme])}
        title={words.theme[theme]}
        onClick={() => {
          const next = nextTheme(theme);
          applyTheme(next);
          setTheme(next);
        }}
      >
        <Icon name={theme} />
      </button>
    </div>
  );
}
