import { lazy, Suspense, type ComponentType } from 'react';
import { Loader } from '@strapi/design-system';

const RETRY_MS = 2_000;

/** Returns a component whose code is loaded when it is first shown. */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const Loaded = lazy(async () => ({
    default: await loadAtLast(load),
  })) as unknown as ComponentType<P>;
  return function Lazily(props) {
    return (
      <Suspense fallback={<Loader small />}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}

/** Retries, e.g. while the server restarts: a failure would crash the page and lose its form. */
async function loadAtLast<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
