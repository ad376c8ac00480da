// The gallery of connectors: cards, a search, and the drawer of the chosen one under its row.
import { ArrowLeft16Regular } from '@fluentui/react-icons/svg/arrow-left';
import { Search20Regular } from '@fluentui/react-icons/svg/search';
import { useRef, useState, type KeyboardEvent } from 'react';
import { Button } from '../../ui/Button';
import { href } from '../../ui/navigation';
import { useEscape } from '../../ui/useEscape';
import { ConnectorIcon } from './ConnectorIcon';
import { connectorOf, found, type Connector } from './connectors';
import { ConnectDialog } from './dialog/ConnectDialog';
import { Drawer } from './Drawer';
import { neighbour } from './galleryKeys';
import styles from './ServicesScreen.module.css';
import { gallery as texts } from './texts';

export interface ServicesScreenProps {
  /** The connector whose drawer is open. */
  connector: string | null;
  /** Its dialog is open. */
  connect: boolean;
  show: (connector: string | null, connect: boolean) => void;
  /** A dataset was made and begins to load. */
  loaded: (datasetId: string) => void;
  /** Opens the guide to a registration of Sightline. */
  guide?: () => void;
}

export function ServicesScreen({ connector, connect, show, loaded, guide }: ServicesScreenProps) {
  const [words, setWords] = useState('');
  const whole = useRef<HTMLDivElement>(null);
  const cards = useRef<HTMLUListElement>(null);
  const shown = found(words);
  const chosen = connectorOf(connector);
  const at = shown.findIndex((c) => c === chosen);
  const focusCard = (index: number) => cards.current?.querySelectorAll('button')[index]?.focus();
  const shut = () => {
    show(null, false);
    focusCard(Math.max(0, at));
  };
  useEscape(whole, chosen !== null && !connect, shut);
  return (
    <div ref={whole} className={styles.screen}>
      <a className={styles.back} href={href({ screen: 'getData' })}>
        <ArrowLeft16Regular aria-hidden="true" />
        {texts.back}
      </a>
      <div className={styles.head}>
        <h1>{texts.title}</h1>
        <label className={styles.search}>
          <Search20Regular aria-hidden="true" />
          <input
            type="search"
            placeholder={texts.search}
            aria-label={texts.search}
            value={words}
            onChange={(e) => setWords(e.target.value)}
            onKeyDown={(e) => {
              if (e.key === 'ArrowDown') focusCard(0);
            }}
          />
        </label>
      </div>
      {shown.length === 0 ? (
        <p className={styles.none} role="status">
          {texts.none(words)}
          <Button look="link" onClick={() => setWords('')}>
            {texts.clear}
          </Button>
        </p>
      ) : (
        <Cards list={cards} shown={shown} chosen={chosen} choose={(c) => show(c === chosen ? null : c.id, false)} focusCard={focusCard} />
      )}
      {chosen && at >= 0 && <Drawer key={`drawer ${chosen.id}`} connector={chosen} at={at} connecting={connect} connect={() => show(chosen.id, true)} close={shut} />}
      {chosen && connect && <ConnectDialog key={`dialog ${chosen.id}`} connector={chosen} close={() => show(chosen.id, false)} loaded={loaded} guide={guide} />}
    </div>
  );
}

function Cards(props: {
  list: React.RefObject<HTMLUListElement | null>;
  shown: readonly Connector[];
  chosen: Connector | null;
  choose: (c: Connector) => void;
  focusCard: (index: number) => void;
}) {
  const { list, shown, chosen, choose, focusCard } = props;
  // One stop for Tab: the chosen card, else the first; the arrow keys do the rest.
  const stop = Math.max(0, shown.findIndex((c) => c === chosen));
  const move = (e: KeyboardEvent, index: number) => {
    const next = neighbour(e.key, index, shown.length);
    if (next === null) return;
    e.preventDefault();
    focusCard(next);
  };
  return (
    <ul ref={list} className={styles.cards} aria-label={texts.list}>
      {shown.map((c, i) => (
        <li key={c.id}>
          <button
            type="button"
            className={`${styles.card} ${c === chosen ? styles.chosen : ''}`}
            aria-expanded={c === chosen}
            tabIndex={i === stop ? 0 : -1}
            onClick={() => choose(c)}
            onKeyDown={(e) => move(e, i)}
          >
            <span className={styles.picture}>
              <ConnectorIcon icon={c.icon} size={28} />
            </span>
            <span className={styles.name}>
              <b>{c.name}</b>
              <span>{c.note}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
