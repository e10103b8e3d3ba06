namespace Dwapi.Silo.Hosting;

/// <summary>The host cannot start; the message is one line that says what to change.</summary>
internal sealed class StartUpException(string message) : Exception(message);
