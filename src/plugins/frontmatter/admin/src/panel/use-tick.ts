import { useEffect, useState } from 'react';

/** Others publish too, without any action on this page. */
const POLL_MS = 10_000;

/** Returns a value that changes on window focus and every ten seconds while the page is visible. */
export function useTick(): number {
  const [tick, setTick] = useState(0);
  useEffect(() => {
    const next = (): void => setTick((before) => before + 1);
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') next();
    }, POLL_MS);
    window.addEventListener('focus', next);
    return () => {
      clearInterval(timer);
      window.removeEventListener('focus', next);
    };
  }, []);
  return tick;
}
