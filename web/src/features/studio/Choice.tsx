interface ChoiceProps<Value extends string> {
  legend: string;
  name: string;
  /** Value, name, hint. */
  options: readonly (readonly [Value, string, string])[];
  /** "" where nothing is chosen yet. */
  chosen: Value | "";
  onChoose: (value: Value) => void;
}

/** One of a few, each with a word on what it means. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { legend, name, options, chosen, onChoose } = props;
  return (
    <fieldset className="field choice">
      <legend>{legend}</legend>
      <div className="pair">
        {options.map(([value, label, hint]) => (
          <label key={value} className="option">
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === chosen}
              onChange={() => { onChoose(value); }}
            />
            <span>
              <strong>{label}</strong>
              <span className="faint">{hint}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
