// The title of a page, under it what is selected, and its slicers.
import { CursorClick20Regular } from '@fluentui/react-icons/svg/cursor-click';
import { Dismiss16Regular } from '@fluentui/react-icons/svg/dismiss';
import { Fragment, useMemo, type ReactNode } from 'react';
import type { Cell, Page, PageData, PageState } from '../../backend/types';
import { Button } from '../../ui/Button';
import styles from './PageHead.module.css';
import type { PageStep } from './pageState';
import { countOf, joined, restate, type LabelOf } from './restatement';
import { Slicer } from './Slicer';
import { texts } from './texts';

interface PageHeadProps {
  page: Page;
  data: PageData | undefined;
  state: PageState;
  labelOf: LabelOf;
  /** What the program notes of every visual. */
  notes: readonly string[];
  step: (step: PageStep) => void;
  /** Stands beneath the title, in place of what the page says of itself. */
  beneath?: ReactNode;
}

const ignored = () => {};

export function PageHead({ page, data, state, labelOf, notes, step, beneath }: PageHeadProps) {
  const picked = state.selection?.filters ?? [];
  const picks = useMemo(
    () => new Map(page.slicers.map((s) => [s.id, (values: Cell[] | null) => step({ type: 'slice', slicer: s.id, values, hasDefault: Boolean(s.default) })])),
    [page.slicers, step],
  );
  const count = countOf(data, page.noun ?? '');
  return (
    <div className={styles.head}>
      <div className={styles.titles}>
        <h1>{page.title}</h1>
        <div className={styles.lines}>
          <output className={styles.line}>
            {picked.length > 0 ? (
              <>
                <CursorClick20Regular aria-hidden="true" />
                <span>
                  {picked.map((filter, i) => {
                    const { name, verb, values, join } = restate(filter, labelOf);
                    return (
                      <Fragment key={filter.field}>
                        {i > 0 && ' and '}
                        {name} {verb} <b>{joined(values, join)}</b>
                      </Fragment>
                    );
                  })}
                  {count && `: ${count}`}
                </span>
                <Button look="link" icon={<Dismiss16Regular />} iconPosition="after" className={styles.clear} onClick={() => step({ type: 'clearSelection' })} aria-label={texts.clearSelection}>
                  {texts.clear}
                </Button>
              </>
            ) : (
              !beneath && [page.subtitle, ...notes].filter(Boolean).join(' ')
            )}
          </output>
          {beneath}
        </div>
      </div>
      <fieldset className={styles.slicers} aria-label={texts.slicers}>
        {page.slicers.map((slicer) => (
          <Slicer
            key={slicer.id}
            slicer={slicer}
            data={data?.slicers.find((s) => s.id === slicer.id)}
            state={state}
            onPick={picks.get(slicer.id) ?? ignored}
          />
        ))}
      </fieldset>
    </div>
  );
}
