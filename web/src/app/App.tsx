import { Suspense, lazy } from "react";
import { Preferences } from "@/features/account/Preferences";
import { LibraryPage } from "@/features/library/LibraryPage";
import { useWords } from "@/shared/i18n";
import { Link, usePath } from "@/shared/router";
import { Mark } from "@/shared/ui/Mark";

const BookRoute = lazy(() => import("./BookRoute"));
const NewBookPage = lazy(() =>
  import("@/features/studio/NewBookPage").then(({ NewBookPage: page }) => ({ default: page })),
);

/** The frame around every page, and which page stands in it. */
export function App() {
  const words = useWords();
  return (
    <>
      <a className="skip" href="#main">
        {words.skip}
      </a>
      <header className="site">
        <Link href="/" className="brand">
          <Mark />
          <span>{words.name}</span>
        </Link>
        <Preferences />
      </header>
      <main id="main" tabIndex={-1}>
        <Suspense fallback={null}>
          <Page />
        </Suspense>
      </main>
    </>
  );
}

function Page() {
  const path = usePath();
  const book = /^\/books\/(\d+)\/?$/.exec(path)?.[1];
  if (path === "/") return <LibraryPage />;
  if (path === "/new") return <NewBookPage />;
  if (book) return <BookRoute key={book} id={Number(book)} />;
  return <Missing />;
}

function Missing() {
  const words = useWords().error;
  return (
    <div className="empty">
      <h1 className="empty-title">{words.pageMissing}</h1>
      <Link href="/" className="button">
        {words.toLibrary}
      </Link>
    </div>
  );
}
