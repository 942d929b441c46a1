interface ProgressBarProps {
  label: string;
  done: number;
  total: number;
  calm?: boolean;
}

/** How much is made; striped while the amount is unknown. */
export function ProgressBar({ label, done, total, calm = false }: ProgressBarProps) {
  const part = total ? done / total : 0;
  const value = total ? { "aria-valuenow": done } : {};
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(total, 1)}
      data-unknown={!total || undefined}
      data-calm={calm || undefined}
      {...value}
    >
      <span style={{ inlineSize: total ? `${part * 100}%` : "100%" }} />
    </div>
  );
}
