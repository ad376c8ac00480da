// Gives a page under `sightline serve` the two objects that Wails gives the window: window.go, whose
// methods call the bound structs, and window.runtime, which hears events.
(() => {
  const invoke = async (service, method, args) => {
    const r = await fetch(`/call/${service}/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(args),
    });
    if (!r.ok) throw new Error((await r.text()).trim() || `HTTP ${r.status}`);
    const answer = await r.json();
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.result;
  };
  const level = (make) => new Proxy({}, { get: (_, name) => (typeof name === 'string' ? make(name) : undefined) });
  window.go = { desktop: level((service) => level((method) => (...args) => invoke(service, method, args))) };

  // A page that stays open says so, or the cookie would end under it.
  setInterval(() => fetch('/bridge.js', { method: 'HEAD', cache: 'no-store' }).catch(() => undefined), 30 * 60 * 1000);

  const listeners = new Map();
  const source = new EventSource('/events');
  source.onmessage = (e) => {
    const { name, data } = JSON.parse(e.data);
    for (const hear of [...(listeners.get(name) ?? [])]) hear(data);
  };
  window.runtime = {
    EventsOn: (name, hear) => {
      if (!listeners.has(name)) listeners.set(name, new Set());
      listeners.get(name).add(hear);
      return () => listeners.get(name).delete(hear);
    },
  };
})();
