import { useEffect, useState } from "react";
import { openLink } from "@/shared/api/sharing";
import { useWords } from "@/shared/i18n";
import { Link, navigate, useHash } from "@/shared/router";
import { Notice } from "@/shared/ui/Notice";

/** Opens the book of a link; its key stands behind `#`, which no server sees. */
export function SharedPage() {
  const words = useWords();
  const key = useHash();
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let left = false;
    openLink(key).then(
      ({ book }) => { if (!left) navigate(`/books/${book}`); },
      (reason: unknown) => { if (!left) setError(reason); },
    );
    return () => {
      left = true;
    };
  }, [key]);
  if (error === null) return <p className="loading">{words.sharing.opening}</p>;
  return (
    <div className="empty">
      <h1 className="empty-title">{words.sharing.openFailed}</h1>
      <p>{words.sharing.openFailedHint}</p>
      <Notice error={error} />
      <Link href="/" className="button">
        {words.error.toLibrary}
      </Link>
    </div>
  );
}
