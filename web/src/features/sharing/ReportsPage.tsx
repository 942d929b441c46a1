import { useState } from "react";
import { closeReport, listReports, putBack, takeDown } from "@/shared/api/sharing";
import type { Report } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Link } from "@/shared/router";
import { Field } from "@/shared/ui/Field";
import { Notice } from "@/shared/ui/Notice";
import { useDay } from "@/shared/useDay";
import { useList } from "@/shared/useList";
import { useSend } from "@/shared/useSend";

const open = async (signal: AbortSignal) => (await listReports("open", signal)).results;

/** Books that were taken down for what was reported, each once. */
const taken = async (signal: AbortSignal) => {
  const { results } = await listReports("closed", signal);
  const down = results.filter((one) => one.taken_down);
  return [...new Map(down.map((one) => [one.book, one])).values()];
};

/** For admins: what people say should not be shown. */
export function ReportsPage() {
  const words = useWords().sharing;
  const { items, error, reload } = useList(open);
  const down = useList(taken);
  const changed = () => {
    reload();
    down.reload();
  };
  return (
    <div className="studio">
      <div className="page-head">
        <h1>{words.reports}</h1>
      </div>
      {(error ?? down.error) !== null && <Notice error={error ?? down.error} />}
      {items?.length === 0 && <p className="faint">{words.reportsNone}</p>}
      <ul className="rows">
        {items?.map((report) => <Row key={report.id} report={report} onChange={changed} />)}
      </ul>
      {(down.items?.length ?? 0) > 0 && (
        <section className="part">
          <h2>{words.down}</h2>
          <ul className="rows">
            {down.items?.map((report) => <Down key={report.book} report={report} onChange={changed} />)}
          </ul>
        </section>
      )}
    </div>
  );
}

function Row({ report, onChange }: { report: Report; onChange: () => void }) {
  const words = useWords().sharing;
  const day = useDay();
  const [why, setWhy] = useState("");
  const { send, sending, refused } = useSend();
  const act = (deed: () => Promise<void>) => () =>
    void send(async () => {
      await deed();
      onChange();
    });
  return (
    <li className="report">
      <span>
        <strong>{report.title}</strong>
        <span>{words.reasons[report.reason]}</span>
        <span className="report-words">{report.words}</span>
        <span className="faint">{words.reportBy(report.by ?? words.nobody, day(report.created_at))}</span>
      </span>
      <Field label={words.takeDownWhy} value={why} onText={setWhy} maxLength={2000} />
      <div className="acts">
        <Link href={`/books/${report.book}`} className="button small quiet">
          {words.look}
        </Link>
        <button type="button" className="button small" disabled={sending} onClick={act(() => closeReport(report.id))}>
          {words.leave}
        </button>
        <button
          type="button"
          className="button small danger"
          disabled={sending}
          onClick={act(() => takeDown(report.book, why))}
        >
          {words.takeDown}
        </button>
      </div>
      {refused !== null && <Notice error={refused} />}
    </li>
  );
}

/** A book that an admin took down, and the way back. */
function Down({ report, onChange }: { report: Report; onChange: () => void }) {
  const words = useWords().sharing;
  const { send, sending, refused } = useSend();
  const back = () =>
    send(async () => {
      await putBack(report.book);
      onChange();
    });
  return (
    <li>
      <span>
        <strong>{report.title}</strong>
        <span className="faint">{words.downHint}</span>
      </span>
      <button type="button" className="button small" disabled={sending} onClick={() => void back()}>
        {words.putBack}
      </button>
      {refused !== null && <Notice error={refused} />}
    </li>
  );
}
