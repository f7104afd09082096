import { bootstrap } from './bootstrap';
import config from './config';
import { createArchiveController } from './controllers/archive';
import { createChangeController } from './controllers/change';
import { createCollectionController } from './controllers/collection';
import { createDocumentController } from './controllers/document';
import { createHistoryController } from './controllers/history';
import { createMetricsController } from './controllers/metrics';
import { createPanelController } from './controllers/panel';
import { createPreviewController } from './controllers/preview';
import { createRedirectController } from './controllers/redirect';
import { createSchemaController } from './controllers/schema';
import { destroy } from './destroy';
import { createDatabaseErrors } from './middlewares/database-errors';
import { createDraftGuard } from './middlewares/draft-guard';
import { createAnswerCacheMiddleware } from './middlewares/answer-cache';
import { createRawUpload } from './middlewares/raw-upload';
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
  controllers: {
    archive: createArchiveController,
    change: createChangeController,
    collection: createCollectionController,
    document: createDocumentController,
    history: createHistoryController,
    metrics: createMetricsController,
    panel: createPanelController,
    preview: createPreviewController,
    redirect: createRedirectController,
    schema: createSchemaController,
  },
  middlewares: {
    'database-errors': createDatabaseErrors,
    'draft-guard': createDraftGuard,
    'answer-cache': createAnswerCacheMiddleware,
    'raw-upload': createRawUpload,
  },
  routes: { admin: adminRoutes, 'content-api': contentApiRoutes },
};
