using Dwapi.Grains.Applications;

namespace Dwapi.WebApi.Gotapi;

/// <summary>A plug-in's grant, or its error.</summary>
/// <param name="Grant">Empty texts when the plug-in needs none.</param>
/// <param name="ErrorCode">0, or the plug-in's or the link's error.</param>
/// <param name="ErrorMessage">"" or the plug-in's text.</param>
internal sealed record PluginGrantResult(PluginGrant Grant, int ErrorCode, string ErrorMessage);
