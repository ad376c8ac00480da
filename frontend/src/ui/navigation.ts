// Where the person is, kept in the address after the #, so that Back, Forward and a second window work.
import { useSyncExternalStore } from 'react';

export type Route =
  /** Nothing was asked for: the application chooses what to open first. */
  | { screen: 'start' }
  | { screen: 'home' }
  | { screen: 'getData' }
  | { screen: 'settings' }
  /** How Sightline is registered in a directory. */
  | { screen: 'registration' }
  /** The gallery; `connector` opens its drawer, `connect` its dialog. */
  | { screen: 'services'; connector?: string; connect?: boolean }
  | { screen: 'dashboard'; id: string }
  | { screen: 'report'; id: string; pageId?: string }
  | { screen: 'dataset'; id: string }
  | { screen: 'loading'; id: string };

/** Reads `#/report/ID/PAGE`; whatever cannot be read is the start. */
export function parseRoute(hash: string): Route {
  const [first = '', second = '', third = ''] = hash.replace(/^#?\/?/, '').split('/').map(decoded);
  switch (first) {
    case 'home':
    case 'settings':
      return { screen: first };
    case 'help':
      return { screen: second === 'registration' ? second : 'start' };
    case 'get-data':
      if (second !== 'services') return { screen: 'getData' };
      return servicesRoute(hash);
    case 'dashboard':
    case 'dataset':
    case 'loading':
      return second ? { screen: first, id: second } : { screen: 'start' };
    case 'report':
      if (!second) return { screen: 'start' };
      return third ? { screen: 'report', id: second, pageId: third } : { screen: 'report', id: second };
    default:
      return { screen: 'start' };
  }
}

function servicesRoute(hash: string): Route {
  const [, , connector = '', action = ''] = hash.replace(/^#?\/?/, '').split('/').map(decoded);
  if (!connector) return { screen: 'services' };
  return action === 'connect' ? { screen: 'services', connector, connect: true } : { screen: 'services', connector };
}

// An address typed by hand may hold a broken escape; it then names nothing.
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** The address of a route, for a link: `#/dashboard/ID`. */
export function href(route: Route): string {
  const path = (...parts: string[]) => `#/${parts.map(encodeURIComponent).join('/')}`;
  switch (route.screen) {
    case 'start':
      return '#/';
    case 'home':
      return '#/home';
    case 'settings':
      return '#/settings';
    case 'registration':
      return '#/help/registration';
    case 'getData':
      return '#/get-data';
    case 'services':
      if (!route.connector) return '#/get-data/services';
      return path('get-data', 'services', route.connector, ...(route.connect ? ['connect'] : []));
    case 'report':
      return path('report', route.id, ...(route.pageId ? [route.pageId] : []));
    default:
      return path(route.screen, route.id);
  }
}

/** Goes to a route. `replace` leaves no step behind for Back. */
export function navigate(route: Route, options?: { replace?: boolean }): void {
  const target = href(route);
  if (window.location.hash === target) return;
  if (options?.replace) {
    window.history.replaceState(window.history.state, '', target);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    window.location.hash = target;
  }
}

function subscribe(changed: () => void) {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

let seenHash: string | undefined;
let seenRoute: Route = { screen: 'start' };

// One object per address, so that a component that draws again sees the same route.
function currentRoute(): Route {
  if (window.location.hash !== seenHash) {
    seenHash = window.location.hash;
    seenRoute = parseRoute(seenHash);
  }
  return seenRoute;
}

/** The route of the address bar; a component that uses it is drawn again when it changes. */
export function useRoute(): Route {
  return useSyncExternalStore(subscribe, currentRoute);
}
