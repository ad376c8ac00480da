// Fourth step: which of the visible projects the patterns name. Nothing loads before at least one does.
import { Checkmark16Regular } from '@fluentui/react-icons/svg/checkmark';
import { DocumentSearch20Regular } from '@fluentui/react-icons/svg/document-search';
import { useEffect, useRef } from 'react';
import { faultOf } from '../../../backend/call';
import { usePatternChecks } from '../../../backend/patternChecks';
import type { AttemptView, ProjectMatch } from '../../../backend/types';
import { number, plural } from '../../../format/numbers';
import { Button } from '../../../ui/Button';
import { Chip } from '../../../ui/Chip';
import { FieldFault } from '../../../ui/DialogParts';
import { FaultCard } from '../../../ui/FaultCard';
import { Ring } from '../../../ui/Ring';
import { PatternField } from '../../../ui/PatternField';
import { meantBy } from '../../../ui/patterns';
import { useSettled } from '../../../ui/useSettled';
import { parameters, projects as texts } from '../texts';
import fieldStyles from '../../../ui/Field.module.css';
import styles from './dialog.module.css';
import { allPatterns, type Form } from './form';
import { Frame, type StepFrame } from './Frame';

export interface ProjectsStepProps {
  frame: StepFrame;
  attempt: AttemptView;
  form: Form;
  change: (form: Form) => void;
  /** Matches other patterns against what the identity can see. */
  match: (patterns: string[]) => void;
  someoneElse: () => void;
  fault: unknown;
  busy: boolean;
  load: () => void;
}

export function ProjectsStep({ frame, attempt, form, change, match, someoneElse, fault, busy, load }: ProjectsStepProps) {
  const patterns = allPatterns(form);
  const checks = usePatternChecks(patterns);
  const understood = patterns.length > 0 && patterns.every((p) => checks.some((c) => c.ok && c.text === p));
  const matching = useMatching(understood ? patterns : null, match);
  const starting = busy || attempt.phase === 'storing' || attempt.phase === 'accepted';
  const ready = understood && !matching && attempt.matched > 0 && !starting;
  return (
    <Frame
      frame={frame}
      title={texts.title}
      subtitle={attempt.url.replace(/^https?:\/\//, '')}
      submit={() => ready && load()}
      link={<span className={styles.footNote}>{texts.foot}</span>}
      buttons={
        <>
          <Button disabled={starting} onClick={frame.close}>
            {parameters.cancel}
          </Button>
          <Button look="primary" type="submit" data-first-focus disabled={!ready} icon={starting ? <Ring size={14} /> : undefined}>
            {starting ? texts.starting : loadLabel(attempt.matched)}
          </Button>
        </>
      }
    >
      <div className={styles.panes}>
        <div className={styles.fields}>
          <PatternField
            patterns={form.patterns}
            draft={form.draft}
            checks={checks}
            change={(list, draft) => change({ ...form, patterns: list, draft })}
          />
          {attempt.fault && attempt.matched === 0 && <NoMatch attempt={attempt} use={(pattern) => change({ ...form, patterns: [pattern], draft: '' })} />}
          {fault ? <FieldFault>{`${faultOf(fault).message} ${faultOf(fault).hint}`}</FieldFault> : null}
        </div>
        <Preview attempt={attempt} someoneElse={frame.goal.connector.source === 'sample' ? undefined : someoneElse} />
      </div>
    </Frame>
  );
}

function loadLabel(matched: number): string {
  return matched > 0 ? texts.load(plural(matched, 'project')) : texts.loadNone;
}

// Asks for a match once the patterns have stopped changing. True until its answer can be trusted.
function useMatching(patterns: string[] | null, match: (patterns: string[]) => void): boolean {
  const wanted = patterns === null ? '' : patterns.join('\n');
  const settled = useSettled(wanted, 250);
  const asked = useRef(wanted);
  useEffect(() => {
    if (settled === '' || settled === asked.current) return;
    asked.current = settled;
    match(settled.split('\n'));
  });
  return settled !== wanted;
}

function NoMatch({ attempt, use }: { attempt: AttemptView; use: (pattern: string) => void }) {
  if (!attempt.fault) return null;
  const near = meantBy(attempt.fault.hint);
  return (
    <FaultCard
      plain
      fault={attempt.fault}
      tone="warning"
      icon={<DocumentSearch20Regular />}
      actions={
        <>
          {near && (
            <Button look="primary" onClick={() => use(near)}>
              {texts.use(near)}
            </Button>
          )}
          {attempt.projects.length > 0 && <Button onClick={() => use('*')}>{texts.all(plural(attempt.projects.length, 'project'))}</Button>}
        </>
      }
    />
  );
}

function Preview({ attempt, someoneElse }: { attempt: AttemptView; someoneElse?: () => void }) {
  return (
    <aside className={styles.preview} aria-label={parameters.preview}>
      <div className={styles.previewHead}>
        <h3>{parameters.preview}</h3>
        <span role="status">
          <Chip tone="brand">{texts.matchOf(number(attempt.matched), number(attempt.projects.length))}</Chip>
        </span>
      </div>
      <p className={`${fieldStyles.hint} ${styles.sees}`}>
        {texts.sees(attempt.identity?.name ?? '', attempt.organization)}{' '}
        {someoneElse && (
          <Button look="link" className={fieldStyles.suggestion} onClick={someoneElse}>
            {texts.change}
          </Button>
        )}
      </p>
      {attempt.projects.length === 0 ? (
        <p className={styles.later}>{texts.none}</p>
      ) : (
        <ul tabIndex={0} aria-label={parameters.preview}>
          {attempt.projects.map((project) => (
            <ProjectRow key={project.name} project={project} />
          ))}
        </ul>
      )}
    </aside>
  );
}

// The part of the name that a pattern spelled out is marked.
function ProjectRow({ project }: { project: ProjectMatch }) {
  const letters = [...project.name];
  return (
    <li className={project.matched ? undefined : styles.off}>
      {project.matched ? <Checkmark16Regular aria-label="matches" /> : <span />}
      <span>
        {project.matched && project.length > 0 && <mark>{letters.slice(0, project.length).join('')}</mark>}
        {letters.slice(project.matched ? project.length : 0).join('')}
      </span>
    </li>
  );
}
