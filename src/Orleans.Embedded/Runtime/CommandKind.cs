namespace Dwapi.Actors.Runtime;

/// <summary>What a <see cref="Command"/> asks for.</summary>
internal enum CommandKind
{
    Deactivate,
    FinishDeactivation,
    CollectIfIdle,
}
