export { currentLanguage, languages, setLanguage, useLanguage, type Language } from './language';
export { defineTexts, type Translate, type Values } from './texts';
export { common } from './common/texts';
