// A screen whose program is fetched when it is first opened. Not React's `lazy`: what takes the place of a fallback is held
// back there until 300 ms after it appeared, and the screens of charts are ready long before.
import { useEffect, useReducer, useState, type ComponentType, type ReactNode } from 'react';

/**
 * The screen, with `waiting` in its place until it is fetched, and what fetches it before it is opened. A chunk that cannot be
 * fetched is thrown to the boundary round the screen; opened again it is fetched again.
 */
export function fetched<P extends object>(load: () => Promise<ComponentType<P>>, waiting: ReactNode): [ComponentType<P>, () => Promise<void>] {
  let Loaded: ComponentType<P> | null = null;
  const fetch = async () => {
    Loaded ??= await load();
  };
  function Fetched(props: P) {
    const [, drawAgain] = useReducer((n: number) => n + 1, 0);
    const [fault, setFault] = useState<{ cause: unknown } | null>(null);
    useEffect(() => {
      if (Loaded) return;
      let here = true;
      fetch().then(
        () => here && drawAgain(),
        (cause: unknown) => here && setFault({ cause }),
      );
      return () => {
        here = false;
      };
    }, []);
    if (fault) throw fault.cause;
    return Loaded ? <Loaded {...props} /> : waiting;
  }
  return [Fetched, fetch];
}
