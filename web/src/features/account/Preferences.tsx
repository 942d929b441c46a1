import { chooseLocale, useLocale, useWords } from "@/shared/i18n";
import { choose, useSetting } from "@/shared/settings";
import { Icon } from "@/shared/ui/Icon";
import { nextTheme } from "./theme";

/** How this person likes the page: its language and its light. */
export function Preferences() {
  const words = useWords().preferences;
  const locale = useLocale();
  const theme = useSetting("theme");
  return (
    <div className="preferences" role="group" aria-label={words.label}>
      <button
        type="button"
        className="tool"
        lang={locale === "ko" ? "en" : "ko"}
        aria-label={words.languageLabel}
        onClick={() => { chooseLocale(locale === "ko" ? "en" : "ko"); }}
      >
        <span>{words.language}</span>
      </button>
      <button
        type="button"
        className="tool"
        aria-label={words.themeLabel(words.theme[theme])}
        title={words.theme[theme]}
        onClick={() => { choose({ theme: nextTheme(theme) }); }}
      >
        <Icon name={theme} />
      </button>
    </div>
  );
}
