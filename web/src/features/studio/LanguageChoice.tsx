import type { Language } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";

interface LanguageChoiceProps {
  chosen: Language;
  onChoose: (language: Language) => void;
}

/** What the text is written in, which decides whether it is translated. */
export function LanguageChoice({ chosen, onChoose }: LanguageChoiceProps) {
  const words = useWords().studio;
  const choices: [Language, string, string][] = [
    ["ko", words.languageKo, words.languageKoHint],
    ["jje", words.languageJje, words.languageJjeHint],
  ];
  return (
    <fieldset className="field choice">
      <legend>{words.language}</legend>
      <div className="pair">
        {choices.map(([language, name, hint]) => (
          <label key={language} className="option">
            <input
              type="radio"
              name="language"
              value={language}
              checked={language === chosen}
              onChange={() => { onChoose(language); }}
            />
            <span>
              <strong>{name}</strong>
              <span className="faint">{hint}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
