import { Suspense, lazy } from "react";
import { Preferences } from "@/features/account/Preferences";
import { LibraryPage } from "@/features/library/LibraryPage";
import type { Me } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Link, usePath } from "@/shared/router";
import { SessionProvider, useSession } from "@/shared/session";
import { Icon } from "@/shared/ui/Icon";
import { Mark } from "@/shared/ui/Mark";
import { Notice } from "@/shared/ui/Notice";

const BookRoute = lazy(() => import("./BookRoute"));
const NewBookPage = lazy(() =>
  import("@/features/studio/NewBookPage").then(({ NewBookPage: page }) => ({ default: page })),
);

const LoginPage = lazy(() =>
  import("@/features/account/LoginPage").then(({ LoginPage: page }) => ({ default: page })),
);
const RegisterPage = lazy(() =>
  import("@/features/account/RegisterPage").then(({ RegisterPage: page }) => ({ default: page })),
);
const ResetPage = lazy(() =>
  import("@/features/account/ResetPage").then(({ ResetPage: page }) => ({ default: page })),
);
const ConfirmPage = lazy(() =>
  import("@/features/account/ConfirmPage").then(({ ConfirmPage: page }) => ({ default: page })),
);
const AccountPage = lazy(() =>
  import("@/features/account/AccountPage").then(({ AccountPage: page }) => ({ default: page })),
);
const PeoplePage = lazy(() =>
  import("@/features/account/PeoplePage").then(({ PeoplePage: page }) => ({ default: page })),
);

const LexiconPage = lazy(() =>
  import("@/features/desk/LexiconPage").then(({ LexiconPage: page }) => ({ default: page })),
);
const SharedPage = lazy(() =>
  import("@/features/sharing/SharedPage").then(({ SharedPage: page }) => ({ default: page })),
);
const ReportsPage = lazy(() =>
  import("@/features/sharing/ReportsPage").then(({ ReportsPage: page }) => ({ default: page })),
);

/** The frame around every page, and which page stands in it. */
export function App() {
  return (
    <SessionProvider>
      <Frame />
    </SessionProvider>
  );
}

function Frame() {
  const { me, asked } = useSession();
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
        <div className="site-tools">
          <Preferences />
          {asked && !me && (
            <Link href="/login" className="tool">
              {words.account.login}
            </Link>
          )}
          {me && (
            <Link href="/account" className="tool" aria-label={words.account.title} title={words.account.title}>
              <Icon name="person" />
            </Link>
          )}
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <Suspense fallback={null}>
          <Gate />
        </Suspense>
      </main>
    </>
  );
}

/** Lets in whom the service knows; registering and choosing a password are open to everybody. */
function Gate() {
  const path = usePath();
  const { me, asked, error } = useSession();
  if (path === "/register") return <RegisterPage />;
  if (path === "/reset") return <ResetPage />;
  if (path === "/confirm") return <ConfirmPage />;
  if (path === "/shared") return <SharedPage />;
  if (error !== null) return <Silence error={error} />;
  if (!asked) return null;
  if (me && path !== "/login") return <Page me={me} />;
  // Whoever is not logged in reads what its owner shows to everybody.
  const book = bookIn(path);
  if (book) return <BookRoute key={book} id={book} />;
  if (path === "/public") return <LibraryPage shelf="public" />;
  return <LoginPage />;
}

function Silence({ error }: { error: unknown }) {
  const words = useWords().error;
  const { askAgain } = useSession();
  return (
    <div className="library">
      <h1 className="empty-title">{words.title}</h1>
      <Notice error={error}>
        <button type="button" className="button" onClick={askAgain}>
          {words.again}
        </button>
      </Notice>
    </div>
  );
}

/** The number of the book that a path shows; 0 for none. */
function bookIn(path: string): number {
  return Number(/^\/books\/(\d+)\/?$/.exec(path)?.[1] ?? 0);
}

function Page({ me }: { me: Me }) {
  const path = usePath();
  const book = bookIn(path);
  if (path === "/") return <LibraryPage shelf="mine" />;
  if (path === "/public") return <LibraryPage shelf="public" />;
  if (path === "/new" && me.role !== "listener") return <NewBookPage />;
  if (path === "/account") return <AccountPage me={me} />;
  if (path === "/people" && me.role === "admin") return <PeoplePage />;
  if (path === "/reports" && me.role === "admin") return <ReportsPage />;
  if (path === "/words" && me.role !== "listener") return <LexiconPage />;
  if (book) return <BookRoute key={book} id={book} />;
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
