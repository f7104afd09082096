import { useEffect, useRef, useState } from 'react';
import type { Hook } from '../../../shared';
import { useTexts } from '../text/use-texts';

/**
 * Returns the latest state changes of sites, as text for a live region. The displayed states cannot
 * be one, because their times update by themselves.
 */
export function useStateNews(hooks: readonly Hook[] | undefined): string {
  const say = useTexts();
  const known = useRef(new Map<number, string>());
  const [news, setNews] = useState('');

  useEffect(() => {
    if (!hooks) return;
    const changed = hooks.filter(({ id, state }) => {
      const before = known.current.get(id);
      return before !== undefined && before !== state.kind;
    });
    known.current = new Map(hooks.map(({ id, state }) => [id, state.kind]));
    if (changed.length === 0) return;
    setNews(changed.map(({ name, state }) => `${name}: ${say(`news.${state.kind}`)}`).join('. '));
  }, [hooks, say]);

  return news;
}
