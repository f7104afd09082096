import { getPreviewLinks } from './services/editing/preview-links';
import { rightsOf } from './services/foundation/panel-rights';
import { getShapes } from './services/foundation/shapes';
import { getDrafts } from './services/rendering/drafts';

/** What Strapi's preview requests. */
interface PreviewParams {
  documentId?: string;
  /** `draft` or `published`. */
  status?: string;
}

/**
 * Creates the `handler` of `preview.config` in `config/admin.ts`. It shows documents on a page of
 * the site, which reads them from `GET /api/frontmatter/preview/:link`.
 *
 * @param options.page Address of that page, which receives the link as `?link=`.
 */
export const createPreviewHandler =
  ({ page }: { page: string }) =>
  async (uid: string, { documentId, status }: PreviewParams): Promise<string | undefined> => {
    const shape = getShapes(strapi).findByContentType(uid);
    if (documentId === undefined || !shape) return undefined;
    // Strapi itself does not check whether the editor may read the document.
    const ctx = strapi.requestContext.get();
    const draft = await getDrafts(strapi).findRowOf(shape, documentId);
    if (!ctx || !draft || rightsOf(strapi, ctx, uid).cannot.read(draft)) return undefined;
    const url = new URL(page);
    const link = getPreviewLinks(strapi).create({
      contentType: uid,
      documentId,
      status: status === 'published' ? status : 'draft',
    });
    url.searchParams.set('link', link);
    return url.href;
  };
