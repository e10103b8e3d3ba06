namespace Dwapi.Silo.Commands;

/// <summary>A command cannot do its work; the message is one line that says what to do next.</summary>
internal sealed class CommandException(string message) : Exception(message);
