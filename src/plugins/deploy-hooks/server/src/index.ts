import { bootstrap } from './bootstrap';
import config from './config';
import { createDeliveryController } from './controllers/delivery';
import { createDocumentController } from './controllers/document';
import { createHookController } from './controllers/hook';
import { createReportController } from './controllers/report';
import { destroy } from './destroy';
import { hookContentType } from './models';
import { register } from './register';
import { adminRoutes } from './routes/admin';
import { contentApiRoutes } from './routes/content-api';
import { services } from './services';

export default {
  register,
  bootstrap,
  destroy,
  config,
  services,
  contentTypes: { hook: hookContentType },
  controllers: {
    delivery: createDeliveryController,
    document: createDocumentController,
    hook: createHookController,
    report: createReportController,
  },
  routes: { admin: adminRoutes, 'content-api': contentApiRoutes },
};
