import { useIsMutating, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Archive16Regular } from '@fluentui/react-icons/svg/archive';
import { Checkmark16Regular } from '@fluentui/react-icons/svg/checkmark';
import { Info16Regular } from '@fluentui/react-icons/svg/info';
import { ShieldCheckmark16Regular } from '@fluentui/react-icons/svg/shield-checkmark';
import { Warning16Regular } from '@fluentui/react-icons/svg/warning';
import { useState, type ReactNode } from 'react';
import { datasets } from '../../backend/api';
import { faultOf } from '../../backend/call';
import type { DatasetView, ProofRow, ProofView } from '../../backend/types';
import { dayInWords } from '../../format/dates';
import { number, plural } from '../../format/numbers';
import { Button } from '../../ui/Button';
import { Chip } from '../../ui/Chip';
import { FieldFault } from '../../ui/DialogParts';
import { Ring } from '../../ui/Ring';
import { useNow } from '../../ui/useNow';
import cardStyles from './DatasetScreen.module.css';
import styles from './ProofCard.module.css';
import { proof as texts } from './texts';

/** What the server says it has beside what is held here, kind by kind. */
export function ProofCard({ d }: { d: DatasetView }) {
  const client = useQueryClient();
  const key = ['proof', d.id];
  const { data: proof } = useQuery({ queryKey: key, queryFn: () => datasets.proof(d.id) });
  const asking = ['verify', d.id];
  const check = useMutation({ mutationKey: asking, mutationFn: () => datasets.verify(d.id), onSuccess: (found) => client.setQueryData(key, found) });
  // Whoever leaves the screen and comes back finds the question still open.
  const pending = useIsMutating({ mutationKey: asking }) > 0;
  const refused = check.error ? faultOf(check.error) : null;
  const checked = proof?.checked ?? '';
  return (
    <section className={`${cardStyles.card} ${styles.proof}`} aria-label={texts.title} aria-busy={pending}>
      <div className={cardStyles.cardHead}>
        <div>
          <h2>{texts.title}</h2>
          <Checked at={checked} />
        </div>
        {pending ? (
          <span className={styles.checking} role="status">
            <Ring size={16} />
            {texts.checking}
          </span>
        ) : (
          <Button look="link" onClick={() => check.mutate()}>
            {texts.check}
          </Button>
        )}
      </div>
      {refused && (
        <div className={styles.refused}>
          <FieldFault>{`${refused.message} ${refused.hint}`}</FieldFault>
        </div>
      )}
      {proof && checked ? <Found proof={proof} /> : <p className={styles.never}>{texts.never(plural(d.workItems, texts.workItem), plural(d.revisions, texts.revision))}</p>}
    </section>
  );
}

function Checked({ at }: { at: string }) {
  const now = useNow(60_000);
  return <p>{at ? texts.checked(dayInWords(at, now)) : texts.lead}</p>;
}

// What a person counts in. Everything else is shown when it is not as it should be, or asked for.
const first = new Set(['workItems', 'revisions', 'links', 'commits', 'pullRequests', 'builds', 'timelines', 'deployments', 'testRuns', 'changesets']);
const asItShouldBe = (row: ProofRow) => row.state === 'equal' && row.held === row.server;

function Found({ proof }: { proof: ProofView }) {
  const { columns } = texts;
  const [whole, setWhole] = useState(false);
  const shown = whole ? proof.rows : proof.rows.filter((row) => first.has(row.entity) || !asItShouldBe(row));
  const more = proof.rows.length - shown.length;
  return (
    <>
      <table>
        <thead>
          <tr>
            <th scope="col">{columns.entity}</th>
            <th scope="col">{columns.server}</th>
            <th scope="col">{columns.held}</th>
            <th scope="col">
              <span className="sl-unseen">{columns.state}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.entity}>
              <th scope="row">
                {row.name}
                {row.note && <span>{row.note}</span>}
              </th>
              <td>{row.known ? number(row.server) : '–'}</td>
              <td>{number(row.held)}</td>
              <td>
                <State row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && (
        <Button look="link" className={styles.more} onClick={() => setWhole(true)}>
          {texts.others(number(more))}
        </Button>
      )}
      <ul className={styles.notes}>
        {proof.notes.map((note) => (
          <Note key={note} icon={<Info16Regular aria-hidden="true" />}>
            {note}
          </Note>
        ))}
        {proof.person && (
          <Note icon={<ShieldCheckmark16Regular aria-hidden="true" />}>{texts.as(plural(proof.requests, texts.request), proof.person)}</Note>
        )}
      </ul>
    </>
  );
}

function State({ row }: { row: ProofRow }) {
  switch (row.state) {
    case 'more':
      // Nothing is missing, but the server has deleted something since the last refresh looked.
      return (
        <Chip tone="info" icon={<Archive16Regular aria-hidden="true" />}>
          {texts.more(number(row.held - row.server))}
        </Chip>
      );
    case 'equal':
      return (
        <Chip tone="ok" icon={<Checkmark16Regular aria-hidden="true" />}>
          {texts.equal}
        </Chip>
      );
    case 'kept':
      return (
        <Chip tone="info" icon={<Archive16Regular aria-hidden="true" />}>
          {texts.kept(number(row.kept))}
        </Chip>
      );
    case 'missing':
      return (
        <Chip tone="warning" icon={<Warning16Regular aria-hidden="true" />}>
          {texts.missing(number(row.missing))}
        </Chip>
      );
    case 'unknown':
      return <Chip>{texts.unknown}</Chip>;
  }
}

function Note({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li>
      {icon}
      <span>{children}</span>
    </li>
  );
}
