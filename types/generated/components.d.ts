import type { Schema, Struct } from '@strapi/strapi';

export interface RoadmapDimensions extends Struct.ComponentSchema {
  collectionName: 'components_roadmap_dimensions';
  info: {
    displayName: 'Dimensions';
    icon: 'grid';
  };
  attributes: {
    height: Schema.Attribute.Float;
    width: Schema.Attribute.Float;
  };
}

export interface RoadmapQuestion extends Struct.ComponentSchema {
  collectionName: 'components_roadmap_questions';
  info: {
    displayName: 'Question';
    icon: 'question';
  };
  attributes: {
    description: Schema.Attribute.RichText;
    title: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 255;
      }>;
  };
}

export interface RoadmapRelatedQuestion extends Struct.ComponentSchema {
  collectionName: 'components_roadmap_related_questions';
  info: {
    displayName: 'Related question';
    icon: 'question';
  };
  attributes: {
    question: Schema.Attribute.Text & Schema.Attribute.Required;
  };
}

export interface RoadmapSchema extends Struct.ComponentSchema {
  collectionName: 'components_roadmap_schemas';
  info: {
    displayName: 'Structured data';
    icon: 'code';
  };
  attributes: {
    description: Schema.Attribute.Text;
    headline: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 255;
      }>;
    imageUrl: Schema.Attribute.Text;
  };
}

export interface RoadmapSeo extends Struct.ComponentSchema {
  collectionName: 'components_roadmap_seos';
  info: {
    displayName: 'Search engines';
    icon: 'search';
  };
  attributes: {
    description: Schema.Attribute.Text;
    ogImageUrl: Schema.Attribute.Text;
    title: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 255;
      }>;
  };
}

export interface RoadmapSitemap extends Struct.ComponentSchema {
  collectionName: 'components_roadmap_sitemaps';
  info: {
    displayName: 'Sitemap';
    icon: 'globe';
  };
  attributes: {
    changefreq: Schema.Attribute.Enumeration<
      ['always', 'hourly', 'daily', 'weekly', 'monthly', 'yearly', 'never']
    >;
    priority: Schema.Attribute.Float &
      Schema.Attribute.SetMinMax<
        {
          max: 1;
          min: 0;
        },
        number
      >;
  };
}

export interface RoadmapSponsorEvent extends Struct.ComponentSchema {
  collectionName: 'components_roadmap_sponsor_events';
  info: {
    displayName: 'Click event';
    icon: 'cursor';
  };
  attributes: {
    action: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 255;
      }>;
    category: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 255;
      }>;
    label: Schema.Attribute.String &
      Schema.Attribute.SetMinMaxLength<{
        maxLength: 255;
      }>;
  };
}

declare module '@strapi/strapi' {
  export namespace Public {
    export interface ComponentSchemas {
      'roadmap.dimensions': RoadmapDimensions;
      'roadmap.question': RoadmapQuestion;
      'roadmap.related-question': RoadmapRelatedQuestion;
      'roadmap.schema': RoadmapSchema;
      'roadmap.seo': RoadmapSeo;
      'roadmap.sitemap': RoadmapSitemap;
      'roadmap.sponsor-event': RoadmapSponsorEvent;
    }
  }
}
