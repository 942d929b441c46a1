import { useCallback, useId } from "react";
import { ORDERS, readChoices, type ShelfName, type Sought, STATES } from "@/shared/api/books";
import type { Language } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { licenceIn } from "@/shared/licence";
import { useItem } from "@/shared/useItem";

/** Everything, the newest first. */
export const ALL: Sought = { search: "", language: "", state: "", licence: "", tag: "", series: "", order: "" };

interface FiltersProps {
  shelf: ShelfName;
  sought: Sought;
  onSeek: (part: Partial<Sought>) => void;
}

/** Which books of a shelf are shown, by what they are, and in which order. */
export function Filters({ shelf, sought, onSeek }: FiltersProps) {
  const { library: words, language, sharing } = useWords();
  const { item } = useItem(useCallback((signal: AbortSignal) => readChoices(shelf, signal), [shelf]));
  const { languages = [], licences = [], tags = [], series = [] } = item ?? {};
  const narrowed = [sought.language, sought.state, sought.licence, sought.tag, sought.series].some(Boolean);
  return (
    <div className="filters" role="group" aria-label={words.filters}>
      <Pick
        label={words.order}
        value={sought.order}
        options={ORDERS.map((one) => [one === "newest" ? "" : one, words.orders[one]])}
        onPick={(order) => { onSeek({ order }); }}
      />
      <Pick
        label={words.state}
        all={words.stateAll}
        value={sought.state}
        options={STATES.map((one) => [one, words.states[one]])}
        onPick={(state) => { onSeek({ state }); }}
      />
      {languages.length > 1 && (
        <Pick
          label={words.language}
          all={words.languageAll}
          value={sought.language}
          options={languages.map((one) => [one, language[one as Language]])}
          onPick={(next) => { onSeek({ language: next }); }}
        />
      )}
      {licences.length > 0 && (
        <Pick
          label={words.licence}
          all={words.licenceAll}
          value={sought.licence}
          options={licences.map((one) => [one, licenceIn(sharing, one)])}
          onPick={(licence) => { onSeek({ licence }); }}
        />
      )}
      {tags.length > 0 && (
        <Pick label={words.tag} all={words.tagAll} value={sought.tag} options={tags.map((one) => [one, one])} onPick={(tag) => { onSeek({ tag }); }} />
      )}
      {series.length > 0 && (
        <Pick
          label={words.series}
          all={words.seriesAll}
          value={sought.series}
          options={series.map((one) => [one, one])}
          onPick={(next) => { onSeek({ series: next }); }}
        />
      )}
      {narrowed && (
        <button type="button" className="link" onClick={() => { onSeek({ ...ALL, search: sought.search, order: sought.order }); }}>
          {words.allBooks}
        </button>
      )}
    </div>
  );
}

interface PickProps {
  label: string;
  /** What stands for no choice; none where one is always made. */
  all?: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onPick: (value: string) => void;
}

function Pick({ label, all, value, options, onPick }: PickProps) {
  const id = useId();
  return (
    <>
      <label htmlFor={id} className="unseen">
        {label}
      </label>
      <select id={id} className="pill" data-chosen={value !== "" || undefined} value={value} onChange={(event) => { onPick(event.target.value); }}>
        {all !== undefined && <option value="">{all}</option>}
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </>
  );
}
