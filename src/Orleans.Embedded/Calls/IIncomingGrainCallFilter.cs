namespace Orleans;

/// <summary>Stands before every call of a grain. A grain class that implements it filters its own calls, after all others.</summary>
public interface IIncomingGrainCallFilter
{
    /// <summary>Called for each call; <see cref="IGrainCallContext.Invoke"/> goes on to the next filter and at last to the method.</summary>
    Task Invoke(IIncomingGrainCallContext context);
}
