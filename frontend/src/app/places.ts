// Which place a route is: where to start, what the bar says, which item of the navigation is open.
import type { NavItem, ShellView } from '../backend/types';
import type { Route } from '../ui/navigation';
import { itemsOf, type ItemKind } from './shellState';
import * as texts from './texts';

/** The first screen: a first load under way comes before everything, then the first dashboard, then Home. */
export function startRoute(state: ShellView): Route {
  const loading = state.dashboards.find((d) => d.state === 'loading' || d.state === 'partial');
  if (loading) return { screen: 'loading', id: loading.datasetId };
  const ready = state.dashboards.find((d) => d.state !== 'paused') ?? state.dashboards[0];
  return ready ? itemRoute('dashboard', ready) : { screen: 'home' };
}

/** Where a click on an item of the navigation leads: to its load as long as there is nothing else to see. */
export function itemRoute(kind: ItemKind, item: NavItem): Route {
  const unfinished = item.state === 'loading' || (kind !== 'dataset' && (item.state === 'paused' || item.state === 'failed'));
  if (unfinished || (kind === 'dataset' && item.state === 'partial')) return { screen: 'loading', id: item.datasetId };
  return { screen: kind, id: item.id };
}

/** The item of the navigation that a route has open. */
export interface OpenItem {
  kind: ItemKind;
  item: NavItem;
}

export function openItem(state: ShellView, route: Route): OpenItem | null {
  if (route.screen === 'loading') return find(state, 'dataset', route.id);
  if (route.screen === 'dashboard' || route.screen === 'report' || route.screen === 'dataset') return find(state, route.screen, route.id);
  return null;
}

function find(state: ShellView, kind: ItemKind, id: string): OpenItem | null {
  const item = itemsOf(state, kind).find((i) => i.id === id);
  return item ? { kind, item } : null;
}

export interface Crumb {
  text: string;
  route?: Route;
}

/** What the top bar says of the place. */
export function crumbs(state: ShellView, route: Route): Crumb[] {
  if (route.screen === 'getData') return [{ text: texts.bar.getData }];
  if (route.screen === 'settings') return [{ text: texts.bar.settings }];
  if (route.screen === 'registration') return [{ text: texts.bar.settings, route: { screen: 'settings' } }, { text: texts.bar.registration }];
  if (route.screen === 'services') return [{ text: texts.bar.getData, route: { screen: 'getData' } }, { text: texts.bar.services }];
  const open = openItem(state, route);
  return open ? [{ text: texts.kinds[open.kind].group }, { text: open.item.name }] : [];
}
