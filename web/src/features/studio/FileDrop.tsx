import type { DragEvent, ReactNode } from "react";
import { useRef, useState } from "react";
import { useWords } from "@/shared/i18n";
import { Icon } from "@/shared/ui/Icon";
import { KINDS } from "./manuscript";

interface FileDropProps {
  file: File | null;
  onFile: (file: File | null) => void;
  /** The field for text that stands in the same place while no file is chosen. */
  children: ReactNode;
}

/** A place to paste into that takes dropped files as well. */
export function FileDrop({ file, onFile, children }: FileDropProps) {
  const words = useWords().studio;
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    setOver(false);
    const dropped = event.dataTransfer.files[0];
    if (!dropped) return;
    event.preventDefault();
    onFile(dropped);
  };
  return (
    <div
      className="drop"
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => { setOver(false); }}
      onDrop={drop}
    >
      {file ? <Chosen file={file} onRemove={() => { onFile(null); }} /> : children}
      {over && <p className="drop-here">{words.dropHere}</p>}
      {!file && (
        <p className="drop-foot">
          {words.drop}{" "}
          <button type="button" className="link" onClick={() => input.current?.click()}>
            {words.choose}
          </button>{" "}
          <span className="faint">{words.kinds}</span>
        </p>
      )}
      <input
        ref={input}
        hidden
        type="file"
        data-testid="file"
        accept={KINDS.join(",")}
        onChange={(event) => {
          onFile(event.target.files?.[0] ?? null);
          event.target.value = "";
        }}
      />
    </div>
  );
}

function Chosen({ file, onRemove }: { file: File; onRemove: () => void }) {
  const words = useWords().studio;
  return (
    <div className="chosen">
      <Icon name="file" />
      <p>
        <strong>{file.name}</strong>
        <span className="faint">{Math.max(1, Math.round(file.size / 1000)).toLocaleString()} kB</span>
      </p>
      <button type="button" className="round small" aria-label={words.removeFile} onClick={onRemove}>
        <Icon name="close" />
      </button>
    </div>
  );
}
