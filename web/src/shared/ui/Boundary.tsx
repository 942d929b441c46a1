import type { ReactNode } from "react";
import { Component, useEffect } from "react";
import { useWords } from "@/shared/i18n";
import { buildThere, fetchAgain, loadAnew, NotFetched } from "@/shared/pages";
import { Link } from "@/shared/router";
import { Notice } from "./Notice";

const AGAIN_MS = 5000;

interface BoundaryProps {
  /** What is shown: another one is drawn afresh. */
  path: string;
  children: ReactNode;
}

/** Keeps what broke inside: the frame stays, and what did not come is asked for again. */
export class Boundary extends Component<BoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidUpdate(before: BoundaryProps) {
    if (before.path !== this.props.path && this.state.error !== null) this.again();
  }

  again = () => {
    fetchAgain();
    this.setState({ error: null });
  };

  override render() {
    const { error } = this.state;
    return error === null ? this.props.children : <Broken error={error} onAgain={this.again} />;
  }
}

function Broken({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  const words = useWords().error;
  const fetched = !(error instanceof NotFetched);
  useEffect(() => (fetched ? undefined : whenItComes(onAgain)), [fetched, onAgain]);
  return (
    <div className="library">
      <h1 className="empty-title">{words.title}</h1>
      <Notice error={error}>
        <button type="button" className="button" onClick={onAgain}>
          {words.again}
        </button>
        {fetched && (
          <Link href="/" className="button quiet">
            {words.toLibrary}
          </Link>
        )}
      </Notice>
    </div>
  );
}

/** Go on by itself: as soon as the network is back, and now and then where nobody tells. */
function whenItComes(again: () => void): () => void {
  let left = false;
  const look = async () => {
    const build = await buildThere();
    if (left) return;
    if (build === "another") loadAnew();
    return build;
  };
  const tryAgain = () => {
    void look().then((build) => {
      if (build === "mine") again();
    });
  };
  void look();
  const timer = window.setInterval(tryAgain, AGAIN_MS);
  window.addEventListener("online", tryAgain);
  return () => {
    left = true;
    window.clearInterval(timer);
    window.removeEventListener("online", tryAgain);
  };
}
