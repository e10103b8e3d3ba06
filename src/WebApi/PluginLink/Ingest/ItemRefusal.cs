using Dwapi.Gotapi.Errors;

namespace Dwapi.WebApi.PluginLink.Ingest;

/// <summary>Why a measurement is refused for ever.</summary>
/// <param name="Error">The row of the error table.</param>
/// <param name="Message">What is wrong, without any value.</param>
internal readonly record struct ItemRefusal(GotapiError Error, string Message);
