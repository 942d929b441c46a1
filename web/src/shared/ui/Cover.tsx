/** A cover for every book: the island, drawn a little differently for each title. */

const SCENES = [
  { sky: "#f3d9b1", far: "#7fa3a0", near: "#44585a", sea: "#2f7f86", sun: "#ee7f22" },
  { sky: "#d9e6e4", far: "#8aa88f", near: "#4c6650", sea: "#3d8f97", sun: "#f0a23c" },
  { sky: "#f0c9a8", far: "#a5796a", near: "#4a4244", sea: "#5b7f8c", sun: "#d9572b" },
  { sky: "#c9d7de", far: "#6c8a97", near: "#36454d", sea: "#24616d", sun: "#f4d9a0" },
  { sky: "#e9e0c8", far: "#9aa877", near: "#5a6a3e", sea: "#5d9aa0", sun: "#ee7f22" },
  { sky: "#2e3d49", far: "#40586a", near: "#1f2a31", sea: "#1d4f5b", sun: "#f2e3bd" },
] as const;

/** A number that is the same for the same text, spread evenly (FNV-1a). */
function seedOf(text: string): number {
  let hash = 2166136261;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619);
  return hash >>> 0;
}

interface CoverProps {
  title: string;
  /** Of the picture that the service has; drawn here where there is none. */
  src?: string;
}

export function Cover({ title, src }: CoverProps) {
  if (src) return <img className="cover" src={src} alt="" loading="lazy" decoding="async" width={400} height={400} />;
  return <Drawn title={title} />;
}

function Drawn({ title }: { title: string }) {
  const seed = seedOf(title);
  const scene = SCENES[seed % SCENES.length] ?? SCENES[0];
  const peak = 70 + ((seed >>> 4) % 60);
  const oreum = 30 + ((seed >>> 10) % 140);
  const sun = 40 + ((seed >>> 16) % 120);
  const sunHeight = 34 + ((seed >>> 21) % 22);
  return (
    <svg className="cover" viewBox="0 0 200 150" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <rect width="200" height="150" fill={scene.sky} />
      <circle cx={sun} cy={sunHeight} r="17" fill={scene.sun} />
      <path
        d={`M-20 108 C ${peak - 50} 100 ${peak - 24} 58 ${peak - 8} 56 q 8 5 16 0 C ${peak + 26} 58 ${peak + 60} 100 230 108 V 118 H -20 z`}
        fill={scene.far}
      />
      <path
        d={`M${oreum - 70} 118 C ${oreum - 30} 112 ${oreum - 22} 84 ${oreum} 84 S ${oreum + 34} 112 ${oreum + 76} 118 z`}
        fill={scene.near}
      />
      <rect y="114" width="200" height="36" fill={scene.sea} />
      <path
        d="M0 122 q 12.5 -6 25 0 t 25 0 25 0 25 0 25 0 25 0 25 0 25 0 M-12 134 q 12.5 -6 25 0 t 25 0 25 0 25 0 25 0 25 0 25 0 25 0 25 0"
        fill="none"
        stroke="#ffffff"
        strokeOpacity=".35"
        strokeWidth="1.6"
      />
    </svg>
  );
}
