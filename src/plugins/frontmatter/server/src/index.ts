import { bootstrap } from './bootstrap';
import config from './config';
import { createDocumentController } from './controllers/document';
import { createDraftGuard } from './middlewares/draft-guard';
import { register } from './register';
import { contentApiRoutes } from './routes/content-api';
import { services } from './services';

export default {
  register,
  bootstrap,
  config,
  services,
  controllers: { document: createDocumentController },
  middlewares: { 'draft-guard': createDraftGuard },
  routes: { 'content-api': contentApiRoutes },
};
