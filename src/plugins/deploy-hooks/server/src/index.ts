import { bootstrap } from './bootstrap';
import config from './config';
import { createDeliveryController } from './controllers/delivery';
import { createDocumentController } from './controllers/document';
import { createHookController } from './controllers/hook';
import { destroy } from './destroy';
import { hookContentType } from './models';
import { register } from './register';
import { adminRoutes } from './routes/admin';
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
  },
  routes: { admin: adminRoutes },
};
