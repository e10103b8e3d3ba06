namespace Dwapi.Silo.Commands;

/// <summary>Runs a command's work and turns its errors into one line and exit code 1.</summary>
internal static class CommandRun
{
    /// <summary>Runs it.</summary>
    public static async Task<int> Do(Func<Task> work)
    {
        try
        {
            await work();
            return 0;
        }
        catch (CommandException e)
        {
            await Console.Error.WriteLineAsync("dwapi: " + e.Message);
            return 1;
        }
    }
}
