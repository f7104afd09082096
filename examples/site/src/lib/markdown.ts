import { createMarkdownProcessor } from '@astrojs/markdown-remark';

const processor = createMarkdownProcessor({ syntaxHighlight: false });

/** Markdown of a key, or of a draft; the body of a published document is rendered by its loader. */
export async function renderMarkdown(text: string): Promise<string> {
  return (await (await processor).render(text)).code;
}
