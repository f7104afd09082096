# Two stages: the second holds no compiler and no packages for development. See docs/deploy.md.
FROM node:20-bookworm AS build
WORKDIR /app
COPY . .
RUN npm ci && NODE_ENV=production npm run build && npm prune --omit=dev

FROM node:20-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=1337
WORKDIR /app
COPY --from=build --chown=node:node /app ./
USER node
EXPOSE 1337
HEALTHCHECK --start-period=60s CMD ["node", "-e", \
  "fetch('http://127.0.0.1:' + process.env.PORT + '/_health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself, so that it gets the SIGTERM of a stop.
CMD ["node", "node_modules/@strapi/strapi/bin/strapi.js", "start"]
