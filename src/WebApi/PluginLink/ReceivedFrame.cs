namespace Dwapi.WebApi.PluginLink;

/// <summary>One message of the plug-in.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Utf8">Its bytes, owned by the receiver of this record; empty unless it is text.</param>
internal readonly record struct ReceivedFrame(FrameKind Kind, ReadOnlyMemory<byte> Utf8);
