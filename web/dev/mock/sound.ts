/** Sound for the mock: a tone for each word, so that eye and ear can compare. */

export interface TimedWord {
  text: string;
  start_ms: number;
  end_ms: number;
}

const RATE = 8000;
const SYLLABLE_MS = 150;
const BETWEEN_MS = 90;

export function timesOf(text: string): TimedWord[] {
  let at = 60;
  return text.split(/\s+/).map((word) => {
    const start_ms = at;
    const end_ms = start_ms + [...word.normalize("NFC")].length * SYLLABLE_MS;
    at = end_ms + BETWEEN_MS;
    return { text: word.replace(/[“”".,!?]/g, ""), start_ms, end_ms };
  });
}

export const lengthOf = (words: TimedWord[]) => (words.at(-1)?.end_ms ?? 0) + 60;

export function wavOf(words: TimedWord[]): Uint8Array {
  const samples = Math.round((lengthOf(words) * RATE) / 1000);
  const wav = new DataView(new ArrayBuffer(44 + samples * 2));
  const letters = (at: number, text: string) => {
    [...text].forEach((letter, i) => { wav.setUint8(at + i, letter.charCodeAt(0)); });
  };
  letters(0, "RIFF");
  wav.setUint32(4, 36 + samples * 2, true);
  letters(8, "WAVEfmt ");
  wav.setUint32(16, 16, true);
  wav.setUint16(20, 1, true);
  wav.setUint16(22, 1, true);
  wav.setUint32(24, RATE, true);
  wav.setUint32(28, RATE * 2, true);
  wav.setUint16(32, 2, true);
  wav.setUint16(34, 16, true);
  letters(36, "data");
  wav.setUint32(40, samples * 2, true);
  words.forEach(({ start_ms, end_ms }, number) => {
    const pitch = 180 + (number % 5) * 40;
    const [from, to] = [start_ms, end_ms].map((ms) => Math.round((ms * RATE) / 1000));
    for (let i = from ?? 0; i < (to ?? 0); i += 1) {
      wav.setInt16(44 + i * 2, 7000 * Math.sin((2 * Math.PI * pitch * i) / RATE), true);
    }
  });
  return new Uint8Array(wav.buffer);
}
