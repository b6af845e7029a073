/** The page's program and style, each as one text, made from src/web. */
export interface PageParts {
  script: string;
  style: string;
}
