interface Config {
  mode?: string;
}

/**
 * Strapi sets `NODE_ENV` to `development` if it is empty, and Vite follows: without this,
 * `strapi build` bundles the development version of React. `strapi develop` uses another mode.
 */
export default function configure<T extends Config>(config: T): T {
  if (config.mode === 'production') process.env.NODE_ENV = 'production';
  return config;
}
