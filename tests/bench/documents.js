const { stringify } = require('yaml');

const KEYWORD_POOL = 60;
const KEYWORDS = 15;
const RELATED = 12;

/**
 * Builds a roadmap of realistic size, with about thirty relations, most of them shared.
 *
 * @param {string} prefix Prefix of its slug and of the slugs it links to, which all precede it.
 */
function buildDocument(prefix, index) {
  const slugOf = (number) => `${prefix}-${String(number).padStart(5, '0')}`;
  const keywords = Array.from({ length: KEYWORDS - 2 }, (_, place) => {
    const number = (index * 7 + place * 11) % KEYWORD_POOL;
    return `how to learn subject number ${number}`;
  });
  const relatedRoadmaps = Array.from({ length: Math.min(RELATED, index) }, (_, place) =>
    slugOf(index - 1 - place)
  );
  return {
    slug: slugOf(index),
    body: '\n# Topics\n\nOne after the other.\n',
    frontmatter: {
      jsonUrl: `/jsons/roadmaps/${slugOf(index)}.json`,
      pdfUrl: `/pdfs/roadmaps/${slugOf(index)}.pdf`,
      order: index,
      briefTitle: `Subject ${index}`,
      briefDescription: 'Step by step guide to mastering a subject',
      title: `Master of subject ${index}`,
      description: 'Step by step guide to mastering a subject, from the first day to the last',
      hasTopics: true,
      isNew: false,
      question: {
        title: 'What is this subject?',
        description: 'It is what you learn here.\n\n## What is it for?\nFor a good deal.\n'.repeat(
          4
        ),
      },
      dimensions: { width: 968, height: 2583.2 },
      sponsor: {
        url: `https://example.org/offer-${index % 5}`,
        title: `Offer ${index % 5}`,
        imageUrl: 'https://example.org/offer.png',
        description: 'Something that goes well with learning',
        event: { category: 'Sponsor', action: 'Click', label: `Subject ${index} / Offer` },
      },
      schema: {
        headline: `Subject ${index} roadmap`,
        description: 'Learn a subject with this guide',
        imageUrl: 'https://example.org/subject.png',
        datePublished: '2023-01-05',
        dateModified: '2024-09-16',
      },
      seo: {
        title: `Learn subject ${index}`,
        description: 'Learn a subject with this guide',
        keywords: [...keywords, `subject ${slugOf(index)}`, `learn ${slugOf(index)}`],
      },
      relatedRoadmaps,
      sitemap: { priority: 1, changefreq: 'monthly' },
      tags: ['roadmap', 'main-sitemap', index % 2 === 0 ? 'role-roadmap' : 'skill-roadmap'],
    },
  };
}

const buildDocuments = (prefix, count) =>
  Array.from({ length: count }, (_, index) => buildDocument(prefix, index));

const fileOf = ({ frontmatter, body }) =>
  `---\n${stringify(frontmatter, { lineWidth: 0, singleQuote: true })}---\n${body}`;

module.exports = { buildDocument, buildDocuments, fileOf };
