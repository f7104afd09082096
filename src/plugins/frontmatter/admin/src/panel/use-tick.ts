import { useEffect, useState } from 'react';

/** Others publish too, without anybody doing something here. */
const POLL_MS = 10_000;

/** Changes when the window gets the focus and, while somebody sees the page, every ten seconds. */
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
