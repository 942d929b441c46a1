import { Suspense, useEffect, useState } from "react";
import { Preferences } from "@/features/account/Preferences";
import { LibraryPage } from "@/features/library/LibraryPage";
import type { Me } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import type { Words } from "@/shared/i18n/ko";
import { later } from "@/shared/pages";
import { Link, usePath } from "@/shared/router";
import { SessionProvider, useSession } from "@/shared/session";
import { Boundary } from "@/shared/ui/Boundary";
import { Icon } from "@/shared/ui/Icon";
import { Mark } from "@/shared/ui/Mark";
import { Notice } from "@/shared/ui/Notice";

const BookRoute = later(() => import("./BookRoute").then((file) => file.default));
const NewBookPage = later(() => import("@/features/studio/NewBookPage").then((file) => file.NewBookPage));
const LoginPage = later(() => import("@/features/account/LoginPage").then((file) => file.LoginPage));
const RegisterPage = later(() => import("@/features/account/RegisterPage").then((file) => file.RegisterPage));
const ResetPage = later(() => import("@/features/account/ResetPage").then((file) => file.ResetPage));
const ConfirmPage = later(() => import("@/features/account/ConfirmPage").then((file) => file.ConfirmPage));
const AccountPage = later(() => import("@/features/account/AccountPage").then((file) => file.AccountPage));
const PeoplePage = later(() => import("@/features/account/PeoplePage").then((file) => file.PeoplePage));
const LexiconPage = later(() => import("@/features/desk/LexiconPage").then((file) => file.LexiconPage));
const SharedPage = later(() => import("@/features/sharing/SharedPage").then((file) => file.SharedPage));
const ReportsPage = later(() => import("@/features/sharing/ReportsPage").then((file) => file.ReportsPage));

/** The frame around every page, and which page stands in it. */
export function App() {
  return (
    <SessionProvider>
      <Frame />
    </SessionProvider>
  );
}

function Frame() {
  const path = usePath();
  const { me, asked } = useSession();
  const words = useWords();
  const title = titleOf(path, words);
  const shown = asked ? bookIn(path) : 0;
  // The book that is read aloud stays, small, while one walks around.
  const [listening, setListening] = useState(0);
  const staying = shown || (asked && path !== "/login" ? listening : 0);
  useEffect(() => {
    // A book's page tells its own.
    if (!bookIn(path)) document.title = title ? `${title} · ${words.name}` : words.name;
  }, [path, title, words]);
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
        <Boundary path={path}>
          <Suspense fallback={null}>
            <Gate />
          </Suspense>
        </Boundary>
        {staying > 0 && (
          <Boundary path={path}>
            <Suspense fallback={null}>
              <BookRoute key={staying} id={staying} away={!shown} onListening={(is) => { setListening(is ? staying : 0); }} />
            </Suspense>
          </Boundary>
        )}
      </main>
    </>
  );
}

function titleOf(path: string, words: Words): string {
  const { library, sharing, studio, lexicon, account } = words;
  const titles: Record<string, string> = {
    "/": library.title,
    "/public": sharing.shelfPublic,
    "/received": sharing.shelfShared,
    "/new": studio.title,
    "/words": lexicon.title,
    "/account": account.title,
    "/people": account.people,
    "/reports": sharing.reports,
    "/login": account.login,
    "/register": account.register,
    "/reset": account.reset,
    "/confirm": account.confirm,
  };
  return titles[path] ?? "";
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
  if (bookIn(path)) return null;
  if (path === "/public") return <LibraryPage shelf="public" />;
  if (path === "/received") return <LibraryPage shelf="shared" />;
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
  if (bookIn(path)) return null;
  if (path === "/") return <LibraryPage shelf="mine" />;
  if (path === "/public") return <LibraryPage shelf="public" />;
  if (path === "/received") return <LibraryPage shelf="shared" />;
  if (path === "/new" && me.role !== "listener") return <NewBookPage />;
  if (path === "/account") return <AccountPage me={me} />;
  if (path === "/people" && me.role === "admin") return <PeoplePage />;
  if (path === "/reports" && me.role === "admin") return <ReportsPage />;
  if (path === "/words" && me.role !== "listener") return <LexiconPage />;
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
