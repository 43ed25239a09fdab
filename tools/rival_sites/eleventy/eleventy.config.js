export default function (config) {
  config.setInputDirectory("content");
  config.setIncludesDirectory("../_includes");
  config.setLayoutsDirectory("../_includes");
  config.setOutputDirectory("_site");
}
