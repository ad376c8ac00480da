import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestHost } from '../backend/testHost';
import { useNotifications } from './notifications';

let host: ReturnType<typeof startTestHost>;
const shown: { title: string; body: string; click: () => void }[] = [];

class Browser {
  static permission = 'granted';
  constructor(title: string, options: { body: string }) {
    shown.push({ title, body: options.body, click: () => this.clicked?.() });
  }
  clicked: (() => void) | undefined;
  addEventListener(_: string, hear: () => void) { this.clicked = hear; }
  close() {}
}

function Listening() {
  useNotifications();
  return null;
}

beforeEach(() => {
  shown.length = 0;
  Browser.permission = 'granted';
  vi.stubGlobal('Notification', Browser);
  window.history.replaceState(null, '', '#/home');
  host = startTestHost({ 'Shell.SetWatched': () => undefined });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('notifications of the system', () => {
  const event = { id: 'n', datasetId: 's1', title: 'Sign in again for <b>Tools</b>', text: 'It ended.' };
  it('tell the program once whether somebody looks', () => {
    const focus = vi.spyOn(document, 'hasFocus').mockReturnValue(true);
    render(<Listening />);
    window.dispatchEvent(new Event('focus'));
    focus.mockReturnValue(false);
    window.dispatchEvent(new Event('blur'));
    expect(host.calls).toEqual([['Shell.SetWatched', true], ['Shell.SetWatched', false]]);
  });
  it('are shown by the browser as plain text, and open their dataset', () => {
    render(<Listening />);
    host.emit('notice:outside', event);
    expect(shown).toMatchObject([{ title: 'Sign in again for <b>Tools</b>', body: 'It ended.' }]);
    shown[0]?.click();
    expect(window.location.hash).toBe('#/dataset/s1');
  });
  it('are not shown without the permission', () => {
    Browser.permission = 'default';
    render(<Listening />);
    host.emit('notice:outside', event);
    expect(shown).toEqual([]);
  });
  it('that the window showed open their dataset too', () => {
    render(<Listening />);
    host.emit('notice:opened', event);
    expect(window.location.hash).toBe('#/dataset/s1');
  });
});
