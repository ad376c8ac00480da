// Home when something was loaded: every dataset with its freshness and the ways into it.
import { Board20Regular } from '@fluentui/react-icons/svg/board';
import { DataBarVertical20Regular } from '@fluentui/react-icons/svg/data-bar-vertical';
import { Database20Regular } from '@fluentui/react-icons/svg/database';
import { useQuery } from '@tanstack/react-query';
import { datasets as backend } from '../../backend/api';
import type { DatasetView, NavItem } from '../../backend/types';
import { dayAndClock } from '../../format/dates';
import { Chip, type Tone } from '../../ui/Chip';
import { href, type Route } from '../../ui/navigation';
import styles from './DatasetCards.module.css';
import { texts } from './texts';

const tones: Record<NavItem['state'], Tone> = { ready: 'ok', loading: 'brand', partial: 'sun', refreshing: 'brand', paused: 'plain', failed: 'warning' };

export function DatasetCards({ datasets }: { datasets: readonly NavItem[] }) {
  return (
    <div className={styles.screen}>
      <h1 className="sl-title">{texts.yours}</h1>
      <ul className={styles.cards}>
        {datasets.map((item) => (
          <DatasetCard key={item.id} item={item} />
        ))}
      </ul>
    </div>
  );
}

function DatasetCard({ item }: { item: NavItem }) {
  const { data } = useQuery({ queryKey: ['dataset', item.id], queryFn: () => backend.dataset(item.id) });
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <h2>{item.name}</h2>
        <Chip tone={tones[item.state]}>{texts.states[item.state]}</Chip>
      </div>
      <p>{data ? texts.from(data.organization, data.person) : ' '}</p>
      <p>{data ? freshness(data) : ' '}</p>
      <div className={styles.ways}>
        {ways(item, data).map(({ text, route, Icon }) => (
          <a key={text} href={href(route)}>
            <Icon aria-hidden="true" />
            {text}
          </a>
        ))}
      </div>
    </li>
  );
}

function freshness(data: DatasetView): string {
  return data.lastRefresh ? texts.refreshed(dayAndClock(data.lastRefresh)) : texts.never;
}

function ways(item: NavItem, data: DatasetView | undefined) {
  const list: { text: string; route: Route; Icon: typeof Board20Regular }[] = [];
  const unseen = data === undefined || (!data.lastRefresh && item.state !== 'partial');
  if (!unseen) {
    list.push({ text: texts.dashboard, route: { screen: 'dashboard', id: data.dashboardId }, Icon: Board20Regular });
    list.push({ text: texts.report, route: { screen: 'report', id: data.reportId }, Icon: DataBarVertical20Regular });
  }
  if (item.state === 'loading' || unseen) list.push({ text: texts.load, route: { screen: 'loading', id: item.id }, Icon: Database20Regular });
  else list.push({ text: texts.dataset, route: { screen: 'dataset', id: item.id }, Icon: Database20Regular });
  return list;
}
